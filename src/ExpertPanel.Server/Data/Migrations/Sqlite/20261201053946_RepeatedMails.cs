using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExpertPanel.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RepeatedMails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_files_TenantId_MatterId",
                table: "files");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_mails_TenantId_InvitationId_MessageId",
                table: "inbound_mails",
                columns: new[] { "TenantId", "InvitationId", "MessageId" });

            migrationBuilder.CreateIndex(
                name: "IX_files_TenantId_MatterId_Sha256",
                table: "files",
                columns: new[] { "TenantId", "MatterId", "Sha256" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_inbound_mails_TenantId_InvitationId_MessageId",
                table: "inbound_mails");

            migrationBuilder.DropIndex(
                name: "IX_files_TenantId_MatterId_Sha256",
                table: "files");

            migrationBuilder.CreateIndex(
                name: "IX_files_TenantId_MatterId",
                table: "files",
                columns: new[] { "TenantId", "MatterId" });
        }
    }
}
