using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExpertPanel.Server.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CommitteesTogether : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "LentFrom",
                table: "experts",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "LoanId",
                table: "experts",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "loans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    BorrowerId = table.Column<Guid>(type: "uuid", nullable: false),
                    LenderId = table.Column<Guid>(type: "uuid", nullable: false),
                    BorrowerName = table.Column<string>(type: "text", nullable: false),
                    LenderCode = table.Column<string>(type: "text", nullable: false),
                    LenderName = table.Column<string>(type: "text", nullable: false),
                    ExpertId = table.Column<Guid>(type: "uuid", nullable: false),
                    BankNumber = table.Column<string>(type: "text", nullable: false),
                    ExpertName = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: false),
                    AskedBy = table.Column<string>(type: "text", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DecidedBy = table.Column<string>(type: "text", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Answer = table.Column<string>(type: "text", nullable: true),
                    ExpertConsentedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    CardJson = table.Column<string>(type: "text", nullable: false),
                    CardVersion = table.Column<int>(type: "integer", nullable: false),
                    CarriedVersion = table.Column<int>(type: "integer", nullable: false),
                    GuestId = table.Column<Guid>(type: "uuid", nullable: true),
                    Fault = table.Column<string>(type: "text", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_loans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserName = table.Column<string>(type: "text", nullable: false),
                    DisplayName = table.Column<string>(type: "text", nullable: false),
                    Division = table.Column<string>(type: "text", nullable: true),
                    Roles = table.Column<string>(type: "text", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_loans_BorrowerId_ExpertId",
                table: "loans",
                columns: new[] { "BorrowerId", "ExpertId" },
                unique: true,
                filter: "\"State\" IN ('Asked', 'Lent')");

            migrationBuilder.CreateIndex(
                name: "IX_loans_LenderId_State",
                table: "loans",
                columns: new[] { "LenderId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_memberships_TenantId_UserId",
                table: "memberships",
                columns: new[] { "TenantId", "UserId" },
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_memberships_UserId",
                table: "memberships",
                column: "UserId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "loans");

            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropColumn(
                name: "LentFrom",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "LoanId",
                table: "experts");
        }
    }
}
